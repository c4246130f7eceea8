#!/bin/sh
# Installs what the packages and their tests need on Debian or Ubuntu, as root:
# binutils for jlink, fakeroot and rpm for jpackage; Xvfb, xdotool and GTK to open the window.
set -e
apt-get update
apt-get install -y --no-install-recommends \
    binutils fakeroot rpm xvfb xdotool libgtk-3-0 libgl1 libxtst6 libxxf86vm1
