package io.trails.examples;

/** The first program to run. */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        System.out.println("trails is on the class path");
    }
}
