// The command line: parses, calls one typed function, turns errors into messages and exit codes.
#pragma once

namespace plotwatch::app {

int run(int argc, char** argv);

}  // namespace plotwatch::app
