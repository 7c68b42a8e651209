"""How things look: colours, icons, marks for states, numbers and dates as words."""
