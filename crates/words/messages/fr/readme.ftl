### The README for a judge in a bundle. Ids begin with "readme-".
