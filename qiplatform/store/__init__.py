"""What every room needs to keep things: tables, the session, the audit trail and the outbox of jobs."""
