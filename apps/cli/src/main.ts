process.stderr.write('homeward: nothing is built yet\n');
process.exitCode = 2;
