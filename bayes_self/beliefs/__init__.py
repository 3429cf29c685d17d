"""What is believed, by name: posteriors, trajectories, the landscape, many runs, and expectations held against them."""
