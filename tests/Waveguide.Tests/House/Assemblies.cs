using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Waveguide.Tests.House;

/// <summary>The product's built assemblies, as data.</summary>
internal static class Assemblies
{
    public static AssemblyDefinition Library() => Read("Waveguide");

    public static IEnumerable<AssemblyDefinition> All() =>
        new[] { "Waveguide", "Waveguide.AzureBlob", "Waveguide.Cli", "Waveguide.S3", "Waveguide.Simulator" }.Select(
            Read
        );

    /// <summary>All types that a person wrote.</summary>
    public static IEnumerable<TypeDefinition> Types(this AssemblyDefinition assembly) =>
        assembly
            .MainModule.GetAllTypes()
            .Where(type => !type.FullName.Contains('<', StringComparison.Ordinal) && !IsGenerated(type));

    /// <summary>The types that a type names: in its shape, its members and its code, that of its closures included.</summary>
    public static IEnumerable<TypeReference> Touches(this TypeDefinition type)
    {
        var types = type.NestedTypes.Where(nested => nested.Name.Contains('<', StringComparison.Ordinal)).Append(type);
        var references = types.SelectMany(part => Shape(part).Concat(part.Methods.SelectMany(Named)));
        return references.OfType<TypeReference>().SelectMany(Unfold);
    }

    public static bool IsGenerated(ICustomAttributeProvider member) =>
        member.CustomAttributes.Any(attribute =>
            attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute"
        );

    private static AssemblyDefinition Read(string name) =>
        AssemblyDefinition.ReadAssembly(
            Path.Combine(AppContext.BaseDirectory, name + ".dll"),
            new ReaderParameters { ReadSymbols = true, AssemblyResolver = Resolver() }
        );

    private static DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return resolver;
    }

    private static IEnumerable<TypeReference?> Shape(TypeDefinition type) =>
        type
            .Interfaces.Select(implemented => implemented.InterfaceType)
            .Concat(type.Fields.Select(field => field.FieldType))
            .Append(type.BaseType);

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        return method.HasBody
            ? signature
                .Concat(method.Body.Variables.Select(variable => variable.VariableType))
                .Concat(method.Body.Instructions.SelectMany(Named))
            : signature;
    }

    private static IEnumerable<TypeReference?> Named(Instruction instruction) =>
        instruction.Operand switch
        {
            GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
            MethodReference method => [method.DeclaringType, method.ReturnType],
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            _ => [],
        };

    private static IEnumerable<TypeReference> Unfold(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Unfold).Append(generic.ElementType),
            GenericParameter or FunctionPointerType => [],
            TypeSpecification specification => Unfold(specification.ElementType),
            _ => [type],
        };
}
