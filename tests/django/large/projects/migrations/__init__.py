from large.next_migration import searched

__path__ = searched(__path__)
