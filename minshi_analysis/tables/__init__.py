"""The tables on disk: building, files, loaders, reference figures."""
