package dev.postrider.kernel.admin;

/**
 * How things stand.
 *
 * @param domains local domains
 * @param users accounts
 * @param aliases aliases, groups and catch-alls
 * @param spool mails in the spool, held ones too
 * @param outbound entries of the outbound queue, held ones too
 */
public record ServerStatus(int domains, int users, int aliases, int spool, int outbound) {}
