using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>
/// Which folders of a library use which others, read from what was compiled: signatures, base types, and every member that a method's code names.
/// A method belongs to the folder that the debugging information names, a type to the folder of its declaration.
/// </summary>
sealed partial class FolderUse
{
    static readonly Dictionary<short, OpCode> s_opcodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    readonly Assembly _library;
    readonly string _root;
    readonly Dictionary<string, HashSet<string>> _declared = [];
    readonly Dictionary<int, string> _documents = [];
    readonly Dictionary<(string From, string To), string> _uses = [];

    public FolderUse(string projectFolder, string assemblyFile)
    {
        (_root, _library) = (projectFolder, Assembly.LoadFrom(assemblyFile));
        ReadSources();
        ReadDocuments(Path.ChangeExtension(assemblyFile, ".pdb"));
        foreach (var type in _library.GetTypes()) Read(type);
    }

    /// <summary>Each use with an example; "" is the project's own folder.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Uses => _uses;

    /// <summary>Those with types in them.</summary>
    public IEnumerable<string> Folders => _declared.Values.SelectMany(f => f).Where(f => f != "").Distinct().Order(StringComparer.Ordinal);

    void ReadSources()
    {
        foreach (string file in Directory.EnumerateFiles(_root, "*.cs", SearchOption.AllDirectories))
        {
            string folder = FolderOf(file);
            if (folder is "obj" or "bin") continue;
            foreach (Match m in Declaration().Matches(File.ReadAllText(file)))
            {
                string name = m.Groups["name"].Value;
                if (!_declared.TryGetValue(name, out var folders)) _declared[name] = folders = [];
                folders.Add(folder);
            }
        }
    }

    void ReadDocuments(string pdb)
    {
        using var stream = File.OpenRead(pdb);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var reader = provider.GetMetadataReader();
        foreach (var handle in reader.MethodDebugInformation)
        {
            var document = reader.GetMethodDebugInformation(handle).Document;
            if (!document.IsNil) _documents[MetadataTokens.GetToken(handle.ToDefinitionHandle())] = reader.GetString(reader.GetDocument(document).Name);
        }
    }

    void Read(Type type)
    {
        string? folder = FolderOf(type);
        if (folder is not null)
        {
            Use(folder, type.BaseType, type.Name);
            foreach (var i in type.GetInterfaces()) Use(folder, i, type.Name);
            foreach (var field in type.GetFields(All)) Use(folder, field.FieldType, $"{type.Name}.{field.Name}");
        }
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            if ((FolderOf(method) ?? folder) is { } place) Read(method, place, $"{type.Name}.{method.Name}");
    }

    void Read(MethodBase method, string folder, string name)
    {
        if (method is MethodInfo { ReturnType: var result }) Use(folder, result, name);
        foreach (var parameter in method.GetParameters()) Use(folder, parameter.ParameterType, name);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var local in body.LocalVariables) Use(folder, local.LocalType, name);
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } t ? t.GetGenericArguments() : null, ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (int token in Tokens(body.GetILAsByteArray()!))
        {
            switch (_library.ManifestModule.ResolveMember(token, ofType, ofMethod))
            {
                case Type t2: Use(folder, t2, name); break;
                case MethodBase m:
                    Use(folder, m, name);
                    if (m is MethodInfo { IsGenericMethod: true }) foreach (var argument in m.GetGenericArguments()) Use(folder, argument, name);
                    break;
                case FieldInfo f: Use(folder, f.DeclaringType, name); Use(folder, f.FieldType, name); break;
            }
        }
    }

    // A method of a type that lies in several folders belongs to the one where it stands.
    void Use(string folder, MethodBase method, string name)
    {
        if (method.Module.Assembly != _library) return;
        var definition = method is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } m ? m.GetGenericMethodDefinition() : method;
        if (FolderOf(definition) is { } there && !(definition.DeclaringType is { } d && FolderOf(d) is not null)) Add(folder, there, name, $"{method.DeclaringType?.Name}.{method.Name}");
        else Use(folder, method.DeclaringType, name);
    }

    void Use(string folder, Type? type, string name)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType) Use(folder, type.GetElementType(), name);
        else
        {
            if (type.IsConstructedGenericType) foreach (var argument in type.GetGenericArguments()) Use(folder, argument, name);
            if (type.Assembly == _library && FolderOf(type) is { } there) Add(folder, there, name, type.Name);
        }
    }

    void Add(string from, string to, string where, string what)
    {
        if (from != to) _uses.TryAdd((from, to), $"{where} uses {what}");
    }

    string? FolderOf(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return _declared.TryGetValue(type.Name.Split('`')[0], out var folders) && folders.Count == 1 ? folders.First() : null;
    }

    // A build that must not depend on where it stands writes "/_/src/…" for the path: what follows the project's name is the same in both.
    string? FolderOf(MethodBase method)
    {
        if (!_documents.TryGetValue(method.MetadataToken, out string? file)) return null;
        string project = $"/src/{Path.GetFileName(_root)}/";
        file = file.Replace('\\', '/');
        int at = file.LastIndexOf(project, StringComparison.Ordinal);
        return at >= 0 && FolderOf(Path.Combine(_root, file[(at + project.Length)..])) is not "obj" and var folder ? folder : null;
    }

    string FolderOf(string file) => Path.GetRelativePath(_root, Path.GetFullPath(file)).Split('/', '\\') is [var folder, _, ..] ? folder : "";

    /// <summary>The members that some code names.</summary>
    static IEnumerable<int> Tokens(byte[] code)
    {
        for (int i = 0; i < code.Length;)
        {
            short value = code[i++];
            if (value == 0xFE) value = (short)(0xFE00 | code[i++]);
            var opcode = s_opcodes[value];
            switch (opcode.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    yield return BitConverter.ToInt32(code, i);
                    i += 4;
                    break;
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: i++; break;
                case OperandType.InlineVar: i += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: i += 8; break;
                case OperandType.InlineSwitch: i += 4 + 4 * BitConverter.ToInt32(code, i); break;
                default: i += 4; break;
            }
        }
    }

    [GeneratedRegex(@"^(?:public |internal |static |sealed |abstract |readonly |partial |unsafe |file |ref )*(?:class|record struct|record class|record|struct|interface|enum|delegate [\w<>\[\]?,. ]+?) +(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
