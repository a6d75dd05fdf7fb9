using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Candeia.NN;

/// <summary>A field of a module type that may hold state; auto-properties and captured constructor parameters are fields too.</summary>
/// <param name="Field">Where the state lies.</param>
/// <param name="Name">The name in state dicts; empty where the elements of a list stand directly under their index.</param>
/// <param name="Buffer">The mark of what is not trained.</param>
internal sealed record StateField(FieldInfo Field, string Name, BufferAttribute? Buffer)
{
    /// <summary>What reflection needs, and trimming therefore keeps, of every module type.</summary>
    public const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.AllFields | DynamicallyAccessedMemberTypes.AllProperties;

    const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    static readonly ConcurrentDictionary<Type, StateField[]> s_fields = [];

    /// <summary>The fields of a module type, those of its base types first, each in the order of its declaration.</summary>
    public static StateField[] Of([DynamicallyAccessedMembers(Members)] Type type) =>
        s_fields.TryGetValue(type, out var known) ? known : s_fields[type] = Find(type);

    static StateField[] Find([DynamicallyAccessedMembers(Members)] Type type)
    {
        List<StateField> fields = [];
        for (var t = type; t is not null && t != typeof(Module); t = t.BaseType)
            fields.InsertRange(0, t.GetFields(Declared).Where(MayHoldState).OrderBy(Declaration).Select(f => Describe(f, t)));
        if (fields.Where(f => f.Name.Length > 0).GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException(
                $"{type.Name} has two fields with the name {twice.Key} in state dicts: {string.Join(" and ", twice.Select(f => $"{f.Field.DeclaringType!.Name}.{Bare(f.Field.Name)}"))}. Rename one.");
        return [.. fields];
    }

    /// <summary>
    /// Where a field stands among those of its type: reflection promises no order, but tokens count up with the declarations. Programs that are
    /// compiled ahead of time have no tokens; their metadata lists the fields as declared, and sorting keeps that order.
    /// </summary>
    static int Declaration(FieldInfo field) => field.HasMetadataToken() ? field.MetadataToken : 0;

    static bool MayHoldState(FieldInfo field) =>
        field.FieldType is { IsPrimitive: false, IsEnum: false, IsPointer: false } type && type != typeof(string) && !type.IsAssignableTo(typeof(Delegate));

    static StateField Describe(FieldInfo field, [DynamicallyAccessedMembers(Members)] Type type)
    {
        string name = Bare(field.Name);
        var property = field.IsDefined(typeof(CompilerGeneratedAttribute)) ? type.GetProperty(name, Declared) : null;
        var buffer = field.GetCustomAttribute<BufferAttribute>() ?? property?.GetCustomAttribute<BufferAttribute>();
        string? given = (field.GetCustomAttribute<StateNameAttribute>() ?? property?.GetCustomAttribute<StateNameAttribute>())?.Name;
        return new(field, given ?? SnakeCase(name), buffer);
    }

    /// <summary>The name as written in the source: the compiler calls fields &lt;Weight&gt;k__BackingField and &lt;weight&gt;P.</summary>
    static string Bare(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;

    /// <summary>fc1, _fc1 and Fc1 become fc1; numBatchesTracked becomes num_batches_tracked, RGBNet rgb_net.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "State-dict keys are lower case.")]
    internal static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        name = name.TrimStart('_');
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]));
            if (starts) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
