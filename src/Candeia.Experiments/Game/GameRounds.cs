using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A picture to guess at.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Picture">A PNG file, as an address of its own.</param>
sealed record GameRound(int Id, string Picture);

/// <summary>What is true of a picture, and what the network says.</summary>
/// <param name="Truth">The correlation.</param>
/// <param name="Network">The network's guess, from −1 to 1.</param>
sealed record GameReveal(double Truth, double Network);

/// <summary>The rounds of a game: scatterplots that nobody has seen, and a network to guess against. Any number of players may ask at once.</summary>
sealed class GameRounds(Layer network, ulong seed)
{
    /// <summary>Of how many pictures a hard round is the one that the network gets most wrong.</summary>
    const int Candidates = 24;

    int _drawn;

    /// <summary>A new picture.</summary>
    /// <param name="hard">Whether it is one that the network finds hard.</param>
    public GameRound Next(bool hard)
    {
        int count = hard ? Candidates : 1, first = Interlocked.Add(ref _drawn, count) - count;
        using var scope = Scope.Begin();
        var items = Enumerable.Range(first, count).Select(i => GuessTheCorrelation.Draw(seed, i)).ToArray();
        int chosen = 0;
        if (hard)
        {
            float[] said = Guess([.. items.Select(i => i.X)]);
            chosen = Enumerable.Range(0, count).MaxBy(i => Math.Abs(said[i] - items[i].Y.Item<float>()));
        }
        return new(first + chosen, $"data:image/png;base64,{Convert.ToBase64String(Image.FromTensor(items[chosen].X).Encode())}");
    }

    /// <summary>What is true of a picture that was shown; null if none of this number was.</summary>
    public GameReveal? Reveal(int id)
    {
        if (id < 0 || id >= Volatile.Read(ref _drawn)) return null;
        using var scope = Scope.Begin();
        var item = GuessTheCorrelation.Draw(seed, id);
        return new(item.Y.Item(), Guess([item.X])[0]);
    }

    float[] Guess(Tensor[] pictures)
    {
        using var off = Autograd.NoGrad();
        using var mode = Mode.Evaluation();
        float[] said = network.Forward(Tensor.Stack([.. pictures.Select(CorrelationNet.Crop)])).ToArray<float>();
        return [.. said.Select(r => float.IsFinite(r) ? Math.Clamp(r, -1, 1) : 0)];
    }
}
