namespace Candeia.Training;

/// <summary>What a search tries: names with the values that they may have. It does not change; each method gives a larger one.</summary>
/// <example><code>
/// var space = new SearchSpace().LogUniform("rate", 1e-4, 1e-1).Integer("width", 8, 64).Choice("activation", "relu", "gelu");
/// Console.WriteLine(space.Grid(points: 3).Count);                         // → 18
/// Console.WriteLine(space.Grid(points: 3)[0]);                            // → rate 0.0001, width 8, activation relu
/// Console.WriteLine(space.Random(trials: 20, seed: 1).Count);             // → 20
/// </code></example>
public sealed class SearchSpace
{
    const int MostTrials = 1_000_000;
    readonly (string Name, Func<Generator, object> Draw, Func<int, object[]> Points)[] _all;

    /// <summary>Nothing to choose yet.</summary>
    public SearchSpace() => _all = [];

    SearchSpace(SearchSpace before, string name, Func<Generator, object> draw, Func<int, object[]> points)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (before._all.Any(a => a.Name == name)) throw new ArgumentException($"The space has a '{name}' already.", nameof(name));
        _all = [.. before._all, (name, draw, points)];
    }

    /// <summary>A number from a range, all parts of which are as likely: a share of dropout, a momentum.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="low">The smallest.</param>
    /// <param name="high">The largest.</param>
    public SearchSpace Uniform(string name, double low, double high)
    {
        Check(low, high);
        return new(this, name, g => low + g.NextDouble() * (high - low), n => [.. Between(n).Select(t => (object)(low + t * (high - low)))]);
    }

    /// <summary>A number from a range, all powers of ten of which are as likely: a learning rate, a weight decay.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="low">The smallest, above 0.</param>
    /// <param name="high">The largest.</param>
    public SearchSpace LogUniform(string name, double low, double high)
    {
        Check(low, high);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(low);
        double Of(double t) => t == 0 ? low : t == 1 ? high : low * Math.Pow(high / low, t);
        return new(this, name, g => Of(g.NextDouble()), n => [.. Between(n).Select(t => (object)Of(t))]);
    }

    /// <summary>A whole number from a range: a width, a number of layers.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="low">The smallest.</param>
    /// <param name="high">The largest; it may be drawn too.</param>
    public SearchSpace Integer(string name, int low, int high)
    {
        Check(low, high);
        long width = (long)high - low;
        return new(this, name, g => (int)(low + (long)(g.NextDouble() * (width + 1))), n => [.. Between(n).Select(t => (int)Math.Round(low + t * width)).Distinct().Cast<object>()]);
    }

    /// <summary>One of some words: the name of an optimizer, of an activation.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="values">The words, one at least.</param>
    public SearchSpace Choice(string name, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0) throw new ArgumentException($"There is nothing to choose for '{name}'.", nameof(values));
        return new(this, name, g => values[g.NextInt(values.Length)], _ => [.. values]);
    }

    /// <summary>Settings by lot, which for the same number of trials find better ones than a grid where few names matter
    /// (<see href="https://jmlr.org/papers/v13/bergstra12a.html">Bergstra and Bengio 2012</see>).</summary>
    /// <param name="trials">How many.</param>
    /// <param name="seed">The same seed draws the same; more trials begin with the same ones.</param>
    public IReadOnlyList<Hyperparameters> Random(int trials, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        return [.. Enumerable.Range(0, trials).Select(trial => Of(_all.Select((a, i) => a.Draw(new Generator(seed).Split(trial, i)))))];
    }

    /// <summary>Each value with each other one.</summary>
    /// <param name="points">How many values of a range there are, its ends among them; of choices, all.</param>
    /// <exception cref="InvalidOperationException">There are more than a million.</exception>
    public IReadOnlyList<Hyperparameters> Grid(int points = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        object[][] values = [.. _all.Select(a => a.Points(points))];
        double count = values.Aggregate(1.0, (product, v) => product * v.Length);
        if (count > MostTrials)
            throw new InvalidOperationException(FormattableString.Invariant($"A grid of {points} points has {count:G3} trials; take fewer points, or draw trials by Random."));
        IEnumerable<object[]> rows = [[]];
        foreach (object[] more in values) rows = rows.SelectMany(row => more.Select(v => (object[])[.. row, v]));
        return [.. rows.Select(Of)];
    }

    Hyperparameters Of(IEnumerable<object> values) => new(new OrderedDictionary<string, object>(_all.Zip(values, (a, v) => KeyValuePair.Create(a.Name, v))));

    static IEnumerable<double> Between(int points) => Enumerable.Range(0, points).Select(i => points == 1 ? 0.5 : i / (points - 1.0));

    static void Check(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
            throw new ArgumentOutOfRangeException(nameof(low), $"A range goes from a number to a larger one, not from {low} to {high}.");
    }
}
