@echo off
rem Starts Sluice. Without arguments: the window; with arguments: the command line.
rem SLUICE_JAVA or JAVA_HOME names the Java to use (25 or newer); otherwise the one on the PATH.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined SLUICE_JAVA set "JAVA=%SLUICE_JAVA%"
set "VERSION="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1" ^| findstr /c:" version "') do set "VERSION=%%~v"
for /f "delims=.-+ tokens=1" %%m in ("%VERSION%") do set "MAJOR=%%m"
if not defined MAJOR set "MAJOR=0"
if %MAJOR% LSS 25 (
    echo Sluice needs Java 25 or newer, and none was found: set JAVA_HOME to one. 1>&2
    exit /b 1
)
"%JAVA%" "@%HOME_DIR%\conf\jvm.options" --module-path "%HOME_DIR%\lib" --module dev.sluice.app/dev.sluice.launcher.Main %*
exit /b %ERRORLEVEL%
