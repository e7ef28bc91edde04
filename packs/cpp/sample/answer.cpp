#include "answer.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

Answer answer(const std::string& path) {
  const std::string work = "/work?ms=";
  if (path.compare(0, work.size(), work) == 0) {
    const int ms = std::clamp(std::atoi(path.c_str() + work.size()), 0, 10000);
    return {200, "worked " + std::to_string(ms) + " ms\n", ms};
  }
  if (path == "/") {
    const char* version = std::getenv("VERSION");
    return {200, std::string("Hello from ") + (version ? version : "dev") + ", process " + std::to_string(getpid()) + "\n", 0};
  }
  return {404, "not found\n", 0};
}
