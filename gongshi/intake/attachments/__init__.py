"""Files that come with registry records: forms, templates, pictures. Each is told by its content, written anew without
what nobody should see, looked at for numbers of persons, and named safely; what cannot be trusted is refused.

The looking is done in a process of its own that is limited in memory and time (see worker.py): what a hostile file
brings down is that process. It begins for each file, so this package itself imports nothing.
"""
