using System.Globalization;

namespace Candeia.Onnx;

/// <summary>
/// Several steps that say one thing, written as they would be in a program: <c>Mul(x, Sigmoid(x))</c>. Letters are any values, the same letter the same value;
/// numbers are constants; the factors of a product and the parts of a sum may stand in either order. What a letter with a line before it stands for is only looked at.
/// </summary>
internal sealed class Pattern
{
    readonly Part _root;
    readonly List<string> _letters = [];

    Pattern(string text)
    {
        int at = 0;
        _root = Parse(text, ref at);
    }

    /// <summary>The operator of the last step.</summary>
    public string Op => ((Applied)_root).Op;

    /// <summary>The letters, in the order in which they occur: the inputs of what stands in the steps' place.</summary>
    public IReadOnlyList<string> Letters => _letters;

    public static Pattern Of(string text) => new(text);

    /// <summary>The values that the letters stand for, if this is what leads to a value.</summary>
    public Match? In(Producers producers, int value)
    {
        Match match = new(producers);
        return _root.Fits(value, match) ? match : null;
    }

    Part Parse(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ',')) at++;
        string word = text[start..at].Trim();
        if (at == text.Length || text[at] != '(')
        {
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return new Number(number);
            if (word[0] != '_' && !_letters.Contains(word)) _letters.Add(word);
            return new Letter(word);
        }
        List<Part> inputs = [];
        do
        {
            at++;
            inputs.Add(Parse(text, ref at));
        }
        while (text[at] == ',');
        at++;
        return new Applied(word, [.. inputs]);
    }

    abstract record Part
    {
        public abstract bool Fits(int value, Match match);
    }

    sealed record Letter(string Name) : Part
    {
        public override bool Fits(int value, Match match) => match.Bind(Name, value);
    }

    // Files have numbers in single precision.
    sealed record Number(double Value) : Part
    {
        public override bool Fits(int value, Match match) =>
            match.Producers.Number(value) is { } n && (n == Value || Math.Abs(n - Value) <= 1e-6 * Math.Abs(Value));
    }

    sealed record Applied(string Op, Part[] Inputs) : Part
    {
        public override bool Fits(int value, Match match)
        {
            if (match.Producers.Of(value) is not { } step || step.Op != Op || step.Inputs.Length < Inputs.Length) return false;
            // What more it takes must be constants, which whoever uses the match looks at.
            if (step.Inputs.Skip(Inputs.Length).Any(i => i >= 0 && !match.Producers.IsConstant(i))) return false;
            int bound = match.Bound;
            if (Fit(step, match, turned: false)) return true;
            match.Forget(bound);
            if (Op is "Add" or "Mul" && Fit(step, match, turned: true)) return true;
            match.Forget(bound);
            return false;
        }

        bool Fit(Step step, Match match, bool turned)
        {
            for (int i = 0; i < Inputs.Length; i++)
                if (Inputs[i] is Applied inner && match.Producers.Of(step.Inputs[turned ? Inputs.Length - 1 - i : i])?.Op != inner.Op) return false;
            match.Steps.Add(step);
            for (int i = 0; i < Inputs.Length; i++)
                if (!Inputs[i].Fits(step.Inputs[turned ? Inputs.Length - 1 - i : i], match)) return false;
            return true;
        }
    }
}

/// <summary>Which step gives each value, and which values are there before all steps.</summary>
internal sealed class Producers(Tensor?[] begin)
{
    readonly Dictionary<int, Step> _steps = [], _written = [];

    public Step? Of(int value) => _steps.GetValueOrDefault(value);

    /// <summary>The step as the file has it.</summary>
    public Step? Written(int value) => _written.GetValueOrDefault(value);

    public Tensor? Begin(int value) => value < 0 ? null : begin[value];

    public bool IsConstant(int value) => value >= 0 && begin[value] is not null;

    /// <summary>A constant of one element.</summary>
    public double? Number(int value) => Begin(value) is { Numel: 1, RequiresGrad: false } x && !x.DType.IsComplex() ? x.Reshape().Item() : null;

    /// <summary>Makes the step known by its first result.</summary>
    public void Add(Step step)
    {
        if (step.Outputs is not [>= 0 and var first, ..]) return;
        _steps[first] = step;
        _written.TryAdd(first, step);
    }
}

/// <summary>What the letters of a pattern stand for.</summary>
internal sealed class Match(Producers producers)
{
    readonly List<(string Letter, int Value)> _bound = [];
    Dictionary<string, double[]>? _numbers;

    public Producers Producers => producers;

    /// <summary>The steps that were met.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>What is to be known of the step that stands in their place.</summary>
    public Dictionary<string, double[]> Numbers => _numbers ??= [];

    public int Bound => _bound.Count;

    public int this[string letter] => _bound.Find(b => b.Letter == letter).Value;

    public bool Bind(string letter, int value)
    {
        if (value < 0) return false;
        foreach (var (known, at) in _bound) if (known == letter) return at == value;
        _bound.Add((letter, value));
        return true;
    }

    public void Forget(int from) => _bound.RemoveRange(from, _bound.Count - from);

    /// <summary>A letter that is a constant of one element.</summary>
    public double? Number(string letter) => producers.Number(this[letter]);

    /// <summary>A letter that is a weight or a constant.</summary>
    public Tensor? Weight(string letter) => producers.Begin(this[letter]);

    /// <summary>Whether all steps of an operator work along the last dimension and keep it.</summary>
    public bool IsLast(string op) => Steps.Where(s => s.Op == op).All(s =>
        (s.Numbers.GetValueOrDefault("axes") ?? s.Numbers.GetValueOrDefault("axis") ?? (s.Inputs.Length > 1 ? producers.Begin(s.Inputs[1])?.ToArray<double>() : null)) is [-1]
        && s.Numbers.GetValueOrDefault("keepdims") is null or [1]);
}
