### What the command line says: progress, tables, errors with their advice. Ids begin with "cli-".
