"""`python -m gongshi.cli`."""

from gongshi.cli import main

if __name__ == "__main__":
    main()
