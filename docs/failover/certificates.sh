#!/bin/sh
# On a machine of the operator's, once: makes an authority that vouches for the books' machines and for nothing
# else, and a certificate for each of them, into the folder named. A cloud calls whichever is the primary
# "books", so both answer to that name.
set -eu
cd "$1"
new_key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
# shellcheck disable=SC2086 # several words
openssl req -x509 $new_key -days 3650 -subj "/CN=authority of the books" -keyout authority.key -out authority.crt
for machine in books-1:10.77.0.1 books-2:10.77.0.2; do
    name="${machine%:*}"
    printf 'subjectAltName=DNS:books,DNS:%s,IP:%s\n' "$name" "${machine#*:}" >"$name.names"
    # shellcheck disable=SC2086
    openssl req $new_key -subj "/CN=$name" -keyout "$name.key" -out "$name.request"
    openssl x509 -req -in "$name.request" -days 1825 -CA authority.crt -CAkey authority.key -CAcreateserial \
        -extfile "$name.names" -out "$name.crt"
    rm "$name.names" "$name.request"
done
chmod 600 ./*.key
