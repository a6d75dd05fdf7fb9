using System.Collections.Immutable;

namespace Candeia;

/// <summary>Finds the tensors in what a file holds. Objects may contain each other, or the same object often: depth and number are limited.</summary>
internal sealed class PyTorchTree(FileBytes file)
{
    const int MostDeep = 64, MostVisits = 1_000_000;
    static readonly string[] s_transparent = ["_parameters", "_buffers", "_modules"];   // how a module keeps what its state dict would list
    readonly OrderedDictionary<string, PyTorchTensor> _found = [];
    int _visits;

    /// <summary>All tensors, in the order of the file.</summary>
    public ImmutableArray<(string, PyTorchTensor)> Tensors(object? content)
    {
        Visit("", content, 0);
        return [.. _found.Select(t => (t.Key, t.Value))];
    }

    void Visit(string path, object? value, int depth)
    {
        if (depth > MostDeep) throw file.Error($"objects lie in each other more than {MostDeep} deep, or in themselves");
        if (++_visits > MostVisits) throw file.Error($"more than {MostVisits:N0} objects lie in each other");
        switch (value)
        {
            case PyTorchTensor tensor:
                if (!_found.TryAdd(path, tensor)) throw file.Error($"two tensors have the name {TensorFileException.Quote(path)}");
                break;
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary) Visit(key is string name && s_transparent.Contains(name) ? path : Join(path, FormattableString.Invariant($"{key}")), item, depth + 1);
                break;
            case ForeignObject foreign:
                Visit(path, foreign.State, depth + 1);
                Visit(path, foreign.Entries, depth + 1);
                Visit(path, foreign.Items, depth + 1);
                break;
            case IReadOnlyList<object?> list:
                for (int i = 0; i < list.Count; i++) Visit(Join(path, FormattableString.Invariant($"{i}")), list[i], depth + 1);
                break;
        }
    }

    static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
