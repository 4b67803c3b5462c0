"""The file of a register: its tables, opening, loading, writing, the past and its proof. SQL is written nowhere else."""
