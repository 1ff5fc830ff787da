package dev.postrider.kernel.contracts;

/** The whole contract of a storage engine: a test class implements this and gives a store. */
public interface StoreContract
    extends MailboxContract,
        SpoolContract,
        OutboundQueueContract,
        DirectoryContract,
        LedgerContract,
        StateContract,
        ContentContract,
        BatchContract {}
