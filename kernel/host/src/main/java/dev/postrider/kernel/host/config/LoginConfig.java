package dev.postrider.kernel.host.config;

import java.time.Duration;

/**
 * How guessing passwords is slowed down.
 *
 * @param failuresPerAddress wrong logins from one IP address within the window before it has to
 *     wait; trusted networks are not counted
 * @param failuresPerAccount wrong logins for one account within the window before it has to wait
 * @param window how long a wrong login counts
 */
public record LoginConfig(int failuresPerAddress, int failuresPerAccount, Duration window) {}
