"""Pictures of fits to real models."""
