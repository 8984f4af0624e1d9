process.stderr.write('bench: nothing yet\\n');
