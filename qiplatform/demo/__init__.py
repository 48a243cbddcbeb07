"""The demo: real data of NHS England, in projects that are invented around it. Loaded through the rooms' own actions."""
