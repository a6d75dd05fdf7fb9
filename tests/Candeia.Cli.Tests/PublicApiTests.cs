using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Candeia.Charts;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli.Tests;

/// <summary>
/// What users can call is written down in docs/api, a file per library: who changes it sees it in the diff. With the environment variable
/// CANDEIA_WRITE_API=1 the test writes the files anew.
/// </summary>
public class PublicApiTests
{
    static readonly BindingFlags s_declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Libraries => [.. s_libraries.Select(a => a.GetName().Name!)];

    static readonly Assembly[] s_libraries =
    [
        typeof(Tensor).Assembly, typeof(SafetensorsFile).Assembly, typeof(Layer).Assembly, typeof(Loader<>).Assembly, typeof(Images.Image).Assembly, typeof(Vision.ResNet).Assembly, typeof(GuessTheCorrelation).Assembly,
        typeof(Learner<>).Assembly, typeof(Figure).Assembly,
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_written_down(string library)
    {
        string file = Path.Combine(Root(), "docs", "api", $"{library}.txt"), surface = Surface(s_libraries.Single(a => a.GetName().Name == library));
        if (Environment.GetEnvironmentVariable("CANDEIA_WRITE_API") == "1") WholeFile.Write(file, surface);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), surface);
    }

    static string Surface(Assembly library)
    {
        var text = new StringBuilder();
        foreach (var type in library.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append($"{(type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class")} {Name(type)}\n");
            var lines = type.GetMembers(s_declared).Where(IsVisible).Select(Line).Where(l => l is not null).Distinct().Order(StringComparer.Ordinal);
            foreach (string? line in lines) text.Append($"    {line}\n");
        }
        return text.ToString();
    }

    static bool IsVisible(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
    {
        MethodBase m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly,
        PropertyInfo p => p.GetAccessors(nonPublic: true).Any(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly),
        FieldInfo f => f.IsPublic || f.IsFamily,
        _ => false,
    };

    static string? Line(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: true } m when !m.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo m => $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        ConstructorInfo c => $"new({Parameters(c)})",
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{{(p.CanRead ? " get;" : "")}{(p.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        FieldInfo f => $"{Name(f.FieldType)} {f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")}",
        _ => null,
    };

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? " =" : "")}"));

    static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.HasElementType) return $"{Name(type.GetElementType()!)}{(type.IsArray ? "[]" : "&")}";
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Name(inner)}?";
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Candeia.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }
}
