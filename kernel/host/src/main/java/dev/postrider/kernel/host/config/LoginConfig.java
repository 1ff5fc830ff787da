package dev.postrider.kernel.host.config;

import dev.postrider.kernel.directory.LoginGuardPolicy;

/**
 * What logging in costs and gives.
 *
 * @param guard how failed logins slow further ones down
 * @param ownAddressesOnly whether somebody who logged in may send only as the own account and
 *     aliases of it
 */
public record LoginConfig(LoginGuardPolicy guard, boolean ownAddressesOnly) {}
