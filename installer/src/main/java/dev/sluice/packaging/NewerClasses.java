package dev.sluice.packaging;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a library, and raises its classes that are older than Java 7 to that version, with the
 * stack maps that it asks for. Older ones are verified in the old way only, and Java's
 * ahead-of-time cache leaves them out.
 */
final class NewerClasses {

    private static final ClassFileVersion LEAST = ClassFileVersion.of(ClassFile.JAVA_7_VERSION, 0);

    /** Looks up on the class path what a stack map has to know of other classes. */
    private static final ClassFile CLASSES = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS);

    private NewerClasses() {}

    /**
     * Writes the copy.
     *
     * @param arguments the library, which is on the class path, too, and the copy
     */
    public static void main(String[] arguments) throws IOException {
        Path copy = Path.of(arguments[1]);
        Files.copy(Path.of(arguments[0]), copy, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem jar = FileSystems.newFileSystem(copy);
                Stream<Path> files = Files.walk(jar.getPath("/"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel parsed = CLASSES.parse(file);
                if (parsed.majorVersion() < LEAST.majorVersion()) {
                    Files.write(file, raised(parsed));
                }
            }
        }
    }

    private static byte[] raised(ClassModel old) {
        byte[] raised = CLASSES.transformClass(old, NewerClasses::copy);
        List<VerifyError> errors = CLASSES.verify(raised);
        if (!errors.isEmpty()) {
            throw new IllegalStateException("a class cannot be raised", errors.getFirst());
        }
        return raised;
    }

    private static void copy(ClassBuilder raised, ClassElement element) {
        switch (element) {
            case ClassFileVersion old -> raised.with(LEAST);
            // through the builder, which makes the stack map
            case MethodModel method ->
                    raised.transformMethod(
                            method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> raised.with(element);
        }
    }
}
