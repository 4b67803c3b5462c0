# `make demo`: what a DPO does on the first day, with the real command. It ends with two workbooks in exports/.
set -eu
tree=$PWD
ropa=$(cd "$VENV" && pwd)/bin/ropa
unset ROPA_DB # a register of your own is not touched

ropa() {
    printf '\n$ ropa %s\n' "$*"
    "$ropa" "$@" || [ "$1 $?" = "gaps 1" ] # 1: gaps were found. Anything else is an error
}

begin() { # a folder without a register
    printf '\n── %s ──\n' "$2"
    rm -rf "$tree/exports/demo/$1"
    mkdir -p "$tree/exports/demo/$1"
    cd "$tree/exports/demo/$1"
}

begin notice "From the privacy notice of a website"
cp "$tree/data/notices/postdicom-2026-04-15.txt" privacy-notice.txt
ropa init
ropa import privacy-notice.txt --yes
ropa status
ropa gaps
ropa export --force --out ../../notice-article30.xlsx

begin example "An organisation of sixty people"
ropa init --example
ropa status
ropa gaps
ropa export --force --out ../../example-article30.xlsx

printf '\nThe workbooks are in exports/: notice-article30.xlsx and example-article30.xlsx\n'
