"""How every page looks: environment, shell, style sheets, and the versions of these."""
