"""A scenario's questions as a questionnaire for real models: what is asked, under which claims, what it means."""
