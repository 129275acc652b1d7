"""The door to notebook files: the only importer of jupytext and nbformat."""
