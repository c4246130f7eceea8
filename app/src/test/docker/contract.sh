#!/bin/sh
# Runs the contract test against the SQL Server of this container. The project is mounted read-only
# at /sluice; Maven works on a copy.
set -e
export HOME=/tmp/home
mkdir -p "$HOME" /tmp/project
tar -C /sluice --exclude=target --exclude=.git -cf - . | tar -C /tmp/project -xf -
export SLUICE_CONTRACT_SERVER=localhost:1433
export SLUICE_CONTRACT_LOGIN=sa
export SLUICE_CONTRACT_PASSWORD="$MSSQL_SA_PASSWORD"
SLUICE_CONTRACT_CERTIFICATE=$(openssl x509 -noout -fingerprint -sha256 \
    -in /var/opt/mssql/contract/server.pem | cut -d= -f2)
export SLUICE_CONTRACT_CERTIFICATE
cd /tmp/project
exec ./mvnw -B -pl app -am test -Dtest=ContractServerTest -Dsurefire.failIfNoSpecifiedTests=false
