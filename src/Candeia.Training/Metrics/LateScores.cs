namespace Candeia.Training;

/// <summary>All scores and truths of a pass. Those on a device are fetched when somebody asks, or when many batches wait.</summary>
/// <param name="read">Reads a batch.</param>
internal sealed class LateScores<T>(Func<Tensor, Tensor, (double[] Scores, T[] Truths)> read)
{
    const int Most = 64;
    readonly List<(Tensor Scores, Tensor Truths)> _waiting = [];
    readonly List<double> _scores = [];
    readonly List<T> _truths = [];

    public List<double> Scores => Fetched()._scores;

    public List<T> Truths => Fetched()._truths;

    public void Add(Tensor scores, Tensor truths)
    {
        if (scores.Device == Device.Cpu) Read(scores, truths);
        else
        {
            if (_waiting.Count == Most) Fetched();
            _waiting.Add((scores.Clone().Keep(), truths.Clone().Keep()));
        }
    }

    public void Append(LateScores<T> other)
    {
        Fetched();
        _scores.AddRange(other.Scores);
        _truths.AddRange(other.Truths);
    }

    public void Replace(double[] scores, T[] truths)
    {
        _waiting.Clear();
        _scores.Clear();
        _truths.Clear();
        _scores.AddRange(scores);
        _truths.AddRange(truths);
    }

    void Read(Tensor scores, Tensor truths)
    {
        var (s, t) = read(scores, truths);
        _scores.AddRange(s);
        _truths.AddRange(t);
    }

    LateScores<T> Fetched()
    {
        if (_waiting.Count == 0) return this;
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Read(Tensor.Cat([.. _waiting.Select(w => w.Scores)]), Tensor.Cat([.. _waiting.Select(w => w.Truths)]));
        foreach (var (scores, truths) in _waiting)
        {
            scope.Adopt(scores);
            scope.Adopt(truths);
        }
        _waiting.Clear();
        return this;
    }
}
