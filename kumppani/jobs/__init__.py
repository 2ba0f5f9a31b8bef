"""Work that takes longer than a reader should wait for a page: asked for, done by a worker, and looked at meanwhile."""
