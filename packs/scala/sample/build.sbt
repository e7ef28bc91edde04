ThisBuild / scalaVersion := "3.3.8"

lazy val root = (project in file(".")).settings(
  name := "hello",
  libraryDependencies += "org.scalameta" %% "munit" % "1.1.1" % Test
)
