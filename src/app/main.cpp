#include "app/program.hpp"

int main(int argc, char** argv) { return plotwatch::app::run(argc, argv); }
