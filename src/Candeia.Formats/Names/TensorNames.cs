using System.Collections.Immutable;

namespace Candeia;

/// <summary>
/// Rules by which the tensors of a file become those of a model that names or lays them out otherwise: they rename, leave out, transpose, split and join.
/// Rules apply one after the other, in the order in which they were written. In a pattern, <c>*</c> stands for any text; in a new name, the first star
/// is what the first star of the old one stood for, and so on.
/// </summary>
/// <example><code>
/// var names = TensorNames.Checkpoint
///     .Rename("encoder.*.gamma", "layers.*.weight")
///     .Split("*.attn.weight", dim: 0, "*.q.weight", "*.k.weight", "*.v.weight")
///     .Drop("*.position_ids");
/// var tensors = new Dictionary&lt;string, Tensor&gt; { ["model.encoder.0.gamma"] = Tensor.Ones([4]), ["model.attn.weight"] = Tensor.Ones([6, 2]), ["epoch"] = Tensor.Ones([]) };
/// Console.WriteLine(string.Join(", ", names.Drop("*attn*").Apply(tensors).Keys)); // → layers.0.weight
/// </code></example>
public sealed class TensorNames
{
    static readonly string[] s_wrappers = ["state_dict", "model_state_dict", "model"], s_shells = ["module.", "_orig_mod."];
    readonly ImmutableArray<Rule> _rules;

    TensorNames(ImmutableArray<Rule> rules) => _rules = rules;

    delegate List<LazyTensor> Rule(List<LazyTensor> tensors);

    /// <summary>No rules: names as they stand in the file.</summary>
    public static TensorNames AsTheyAre { get; } = new([]);

    /// <summary>
    /// What training programs put around a model: of a dictionary with <c>state_dict</c>, <c>model_state_dict</c> or <c>model</c> in it, that part alone; and <c>module.</c>
    /// or <c>_orig_mod.</c>, which stand in front of all names where a model was trained in parallel or compiled, are taken away.
    /// </summary>
    public static TensorNames Checkpoint { get; } = AsTheyAre.With(Unwrap);

    /// <summary>Gives tensors other names.</summary>
    /// <param name="from">The pattern of the names to change: <c>*.gamma</c>.</param>
    /// <param name="to">The new name: <c>*.weight</c>.</param>
    /// <exception cref="ArgumentException">The new name has more stars than the pattern.</exception>
    public TensorNames Rename(string from, string to)
    {
        var pattern = new NamePattern(from);
        var target = NamePattern.Filled(to, pattern);
        return Rename(name => pattern.Match(name) is { } found ? target.Fill(found) : name);
    }

    /// <summary>Gives tensors other names by a function.</summary>
    /// <param name="rename">The new name of an old one; null leaves the tensor out.</param>
    public TensorNames Rename(Func<string, string?> rename)
    {
        ArgumentNullException.ThrowIfNull(rename);
        return With(tensors => [.. tensors.Select(t => (Name: rename(t.Name), Tensor: t)).Where(t => t.Name is not null).Select(t => t.Tensor with { Name = t.Name! })]);
    }

    /// <summary>Takes away what stands in front of names; names without it stay.</summary>
    public TensorNames StripPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Rename(name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);
    }

    /// <summary>Leaves tensors out.</summary>
    /// <param name="pattern">The pattern of their names.</param>
    public TensorNames Drop(string pattern)
    {
        var names = new NamePattern(pattern);
        return With(tensors => [.. tensors.Where(t => names.Match(t.Name) is null)]);
    }

    /// <summary>Leaves all other tensors out.</summary>
    /// <param name="pattern">The pattern of the names that stay.</param>
    public TensorNames Only(string pattern)
    {
        var names = new NamePattern(pattern);
        return With(tensors => [.. tensors.Where(t => names.Match(t.Name) is not null)]);
    }

    /// <summary>Exchanges two dimensions, such as those of weights that multiply from the other side.</summary>
    /// <param name="pattern">The pattern of the names.</param>
    /// <param name="dim0">One dimension, by default the last but one.</param>
    /// <param name="dim1">The other, by default the last.</param>
    public TensorNames Transpose(string pattern, int dim0 = -2, int dim1 = -1) => Change(pattern, x => x.Transpose(dim0, dim1));

    /// <summary>Changes tensors by a function.</summary>
    /// <param name="pattern">The pattern of their names.</param>
    /// <param name="change">From the tensor of the file to that of the model.</param>
    public TensorNames Change(string pattern, Func<Tensor, Tensor> change)
    {
        var names = new NamePattern(pattern);
        return With(tensors => [.. tensors.Select(t => names.Match(t.Name) is null ? t : t with { Load = () => change(t.Load()) })]);
    }

    /// <summary>Cuts a tensor into equal parts, such as one matrix into those of queries, keys and values.</summary>
    /// <param name="pattern">The pattern of the names of what is cut.</param>
    /// <param name="dim">The dimension that is cut.</param>
    /// <param name="into">The names of the parts, in their order.</param>
    /// <exception cref="ArgumentException">A new name has more stars than the pattern.</exception>
    public TensorNames Split(string pattern, int dim, params string[] into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var names = new NamePattern(pattern);
        NamePattern[] targets = [.. into.Select(n => NamePattern.Filled(n, names))];
        return With(tensors => [.. tensors.SelectMany(t => names.Match(t.Name) is { } found ? Parts(t, found) : [t])]);

        IEnumerable<LazyTensor> Parts(LazyTensor whole, string[] found) => targets.Select((target, i) => new LazyTensor(target.Fill(found), () => Part(whole, i)));

        Tensor Part(LazyTensor whole, int i)
        {
            var x = whole.Load();
            int size = x.Rank == 0 ? 0 : x.Shape[dim < 0 ? dim + x.Rank : dim];
            if (x.Rank == 0 || size % targets.Length != 0) throw new TensorFileException($"{TensorFileException.Quote(whole.Name)} {x.Shape} cannot be cut into {targets.Length} equal parts along dimension {dim}.");
            return x.Narrow(dim, i * (size / targets.Length), size / targets.Length);
        }
    }

    /// <summary>Puts tensors together to one, such as those of queries, keys and values. All must be there where the first is.</summary>
    /// <param name="into">The name of the whole.</param>
    /// <param name="dim">The dimension along which they follow each other.</param>
    /// <param name="patterns">The patterns of the names of the parts, in their order; stars stand for the same in all.</param>
    /// <exception cref="ArgumentException">A name has more stars than the first pattern.</exception>
    public TensorNames Join(string into, int dim, params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Length == 0) throw new ArgumentException("Nothing is to be joined: name the parts.", nameof(patterns));
        var first = new NamePattern(patterns[0]);
        var target = NamePattern.Filled(into, first);
        NamePattern[] parts = [.. patterns.Select(p => NamePattern.Filled(p, first))];
        return With(Joined);

        List<LazyTensor> Joined(List<LazyTensor> tensors)
        {
            var byName = tensors.ToDictionary(t => t.Name);
            HashSet<string> used = [];
            List<LazyTensor> result = [];
            foreach (var tensor in tensors)
            {
                if (first.Match(tensor.Name) is not { } found)
                {
                    result.Add(tensor);
                    continue;
                }
                LazyTensor[] all = [.. parts.Select(p => byName.GetValueOrDefault(p.Fill(found)) ?? throw new TensorFileException($"{TensorFileException.Quote(p.Fill(found))} is missing beside {TensorFileException.Quote(tensor.Name)}, with which it is to be joined."))];
                used.UnionWith(all.Select(t => t.Name));
                result.Add(new(target.Fill(found), () => Tensor.Cat([.. all.Select(t => t.Load())], dim)));
            }
            result.RemoveAll(t => used.Contains(t.Name) && byName.TryGetValue(t.Name, out var same) && ReferenceEquals(same, t));
            return result;
        }
    }

    /// <summary>Applies the rules to the tensors of a file, of which those alone are read that are needed.</summary>
    /// <exception cref="TensorFileException">Two tensors get the same name, or cannot be split or joined as asked.</exception>
    public OrderedDictionary<string, Tensor> Apply(TensorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Apply([.. file.Entries.Select(e => new LazyTensor(e.Name, () => file.Load(e.Name)))]);
    }

    /// <summary>Applies the rules to tensors.</summary>
    /// <exception cref="TensorFileException">Two tensors get the same name, or cannot be split or joined as asked.</exception>
    public OrderedDictionary<string, Tensor> Apply(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Apply([.. tensors.Select(t => new LazyTensor(t.Key, () => t.Value))]);
    }

    OrderedDictionary<string, Tensor> Apply(List<LazyTensor> tensors)
    {
        foreach (var rule in _rules)
        {
            tensors = rule(tensors);
            if (tensors.CountBy(t => t.Name).FirstOrDefault(n => n.Value > 1) is { Key: { } twice }) throw new TensorFileException($"Two tensors get the name {TensorFileException.Quote(twice)} by the rules.");
        }
        OrderedDictionary<string, Tensor> result = new(tensors.Count);
        foreach (var tensor in tensors) result.Add(tensor.Name, tensor.Load());
        return result;
    }

    TensorNames With(Rule rule) => new(_rules.Add(rule));

    static List<LazyTensor> Unwrap(List<LazyTensor> tensors)
    {
        foreach (string wrapper in s_wrappers)
        {
            string prefix = wrapper + ".";
            if (!tensors.Exists(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))) continue;
            tensors = Stripped(tensors.FindAll(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)), prefix);
            break;
        }
        foreach (string shell in s_shells)
            if (tensors.Count > 0 && tensors.TrueForAll(t => t.Name.StartsWith(shell, StringComparison.Ordinal))) tensors = Stripped(tensors, shell);
        return tensors;
    }

    static List<LazyTensor> Stripped(List<LazyTensor> tensors, string prefix) => [.. tensors.Select(t => t with { Name = t.Name[prefix.Length..] })];

    /// <summary>A tensor that is read when its place is known.</summary>
    sealed record LazyTensor(string Name, Func<Tensor> Load);
}
