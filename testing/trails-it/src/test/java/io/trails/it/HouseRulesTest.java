package io.trails.it;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final JavaClasses TRAILS = new ClassFileImporter().importPackages("io.trails");

    @Test
    void packages_are_free_of_cycles() {
        slices().matching("io.trails.(**)").should().beFreeOfCycles().check(TRAILS);
    }
}
