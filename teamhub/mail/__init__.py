"""Mail: what goes out at once and what is gathered, the letters themselves, and how they are sent."""
