"""What the machine is asked for: files that are whole or not there, processes, the terminal."""
