"""What was found, said once: as an object (JSON), as a tree (ArviZ), as a sentence. Reports and pictures print it."""
