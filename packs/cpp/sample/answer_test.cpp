#include "answer.hpp"

int main() { return answer("/").body.rfind("Hello", 0) == 0 && answer("/none").status == 404 ? 0 : 1; }
