#!/bin/sh
# Starts SQL Server with a certificate whose fingerprint is known, and with shared memory that
# clients in this container can reach.
set -e
folder=/var/opt/mssql/contract
mkdir -p "$folder"
if [ ! -f "$folder/server.pem" ]; then
    openssl req -x509 -nodes -newkey rsa:2048 -days 365 -subj "/CN=localhost" \
        -addext "subjectAltName=DNS:localhost" \
        -keyout "$folder/server.key" -out "$folder/server.pem"
    chmod 400 "$folder/server.key"
fi
cat > /var/opt/mssql/mssql.conf <<EOF
[network]
tlscert = $folder/server.pem
tlskey = $folder/server.key
tlsprotocols = 1.2
forceencryption = 1

[memory]
enablecontainersharedmemory = true
EOF
exec /opt/mssql/bin/sqlservr
