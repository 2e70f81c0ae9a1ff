"""The made-up council of the demo: its story as plain data, and its life played through the real actions."""
