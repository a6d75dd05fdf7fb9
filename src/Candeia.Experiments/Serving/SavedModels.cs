using Candeia.Onnx;
using Candeia.Serving;

namespace Candeia.Experiments;

/// <summary>The models that the tool and its users save, each opened with all that it takes.</summary>
static class SavedModels
{
    /// <summary>Those that are known: what it is called, the file or folder that stands for it at a path, and how that is opened.</summary>
    static readonly (string Name, Func<string, string?> Find, Func<string, IServedModel> Open)[] s_kinds =
    [
        ("a folder of text-classification", path => WithFiles(path, "classifier.json", "tokenizer.json"), ServedText.Open),
        ("a folder of language-model", path => WithFiles(path, "config.json", "tokenizer.json"), ServedLanguageModel.Open),
        ("a folder of train-images", path => WithFiles(path, "classifier.json"), ServedClassifier.Open),
        ("a folder of train-table", path => WithFiles(path, TableModel.Encoding), ServedTable.Open),
        ("a folder or a model.safetensors of guess-the-correlation", path => Ending(path, ".safetensors", "model.safetensors"), ServedCorrelation.Open),
        ("an .onnx file", path => Ending(path, ".onnx", "*.onnx"), ServedOnnx.Open),
    ];

    /// <summary>Opens what lies at a path, under a name that follows from it.</summary>
    /// <exception cref="UserException">There is nothing, or nothing that can be served.</exception>
    public static (string Name, IServedModel Model) Open(string path)
    {
        if (!Path.Exists(path)) throw new UserException($"There is no model '{path}'; name {Known()}.");
        if (WithFiles(path, "training.json") is { } fitted)
            throw new UserException($"'{fitted}' was written by Fitted.Save, and only its program knows the type of its model; serve it there with AddCandeiaModel (see docs/deploy.md).");
        foreach (var (_, find, open) in s_kinds)
            if (find(path) is { } found) return (NameOf(path), open(found));
        throw new UserException($"'{path}' holds no model that can be served; name {Known()}.");
    }

    static string Known() => string.Join(", ", s_kinds.SkipLast(1).Select(k => k.Name)) + $" or {s_kinds[^1].Name}";

    // Jobs save the model in a folder 'model' of their own, which is named too.
    static string? WithFiles(string path, params string[] files) => new[] { path, Path.Combine(path, "model") }.FirstOrDefault(f => files.All(file => File.Exists(Path.Combine(f, file))));

    static string? Ending(string path, string ending, string within) =>
        File.Exists(path) ? path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? path : null
        : Directory.EnumerateFiles(path, within).Take(2).ToArray() is [var only] ? only : null;

    /// <summary>The last part of a path that says something, in letters that a name may have.</summary>
    internal static string NameOf(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), name = Path.GetFileNameWithoutExtension(full);
        if (name == "model") name = Path.GetFileName(Path.GetDirectoryName(full)) ?? name;
        string plain = string.Concat(name.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return plain.Length > 0 ? plain : "model";
    }
}
