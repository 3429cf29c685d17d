"""The inverse problem: from counts of what real models say of themselves to what holds their self-models."""
