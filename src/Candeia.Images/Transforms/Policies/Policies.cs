namespace Candeia.Images;

/// <summary>Several random changes of a fixed strength, one after the other (Cubuk et al. 2019).</summary>
/// <param name="Changes">How many.</param>
/// <param name="Magnitude">Their strength, from 0 to one less than <paramref name="Bins"/>.</param>
/// <param name="Bins">How many strengths there are.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record RandAugment(int Changes = 2, int Magnitude = 9, int Bins = 31, bool Linear = false, Fill Fill = default) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        for (int i = 0; i < Changes; i++)
        {
            var kind = Strengths.Usual[generator.NextInt(Strengths.Usual.Count)];
            scene = Strengths.Cubuk.Of(kind, Magnitude, Bins, scene, Linear, Fill, generator).Change(scene, generator);
        }
        return scene;
    }
}

/// <summary>One random change of a random strength: nothing to tune, and as good as what is tuned (Müller and Hutter 2021).</summary>
/// <param name="Bins">How many strengths there are.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record TrivialAugmentWide(int Bins = 31, bool Linear = false, Fill Fill = default) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        var kind = Strengths.Usual[generator.NextInt(Strengths.Usual.Count)];
        return Strengths.Wide.Of(kind, generator.NextInt(Bins), Bins, scene, Linear, Fill, generator).Change(scene, generator);
    }
}

/// <summary>Several chains of weak changes, mixed with each other and with the picture: against surprises in what a network meets later (Hendrycks et al. 2020).</summary>
/// <param name="Severity">How strong the changes may be, 1 to 10.</param>
/// <param name="Chains">How many chains are mixed.</param>
/// <param name="Depth">Changes of a chain; 1 to 3 at random, if 0.</param>
/// <param name="Alpha">How even the mixture is: 1 makes every share as likely as any other.</param>
/// <param name="AllOps">Whether brightness, colour, contrast and sharpness are changed too.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
public sealed record AugMix(int Severity = 3, int Chains = 3, int Depth = 0, double Alpha = 1, bool AllOps = true, bool Linear = true, Fill Fill = default) : ColourTransform
{
    const int Bins = 10;

    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        double[] own = Shares(2, generator), shares = Shares(Chains, generator);
        Augmentation[] kinds = [.. Strengths.Usual.Where(k => k != Augmentation.Identity && (AllOps || k is not (Augmentation.Brightness or Augmentation.Color or Augmentation.Contrast or Augmentation.Sharpness)))];
        var mix = image.Batch() * own[0];
        foreach (double share in shares)
        {
            var chain = new Annotated(image);
            for (int steps = Depth > 0 ? Depth : 1 + generator.NextInt(3); steps > 0; steps--)
            {
                var kind = kinds[generator.NextInt(kinds.Length)];
                chain = Strengths.AugMix.Of(kind, generator.NextInt(Severity), Bins, chain, Linear, Fill, generator).Change(chain, generator);
            }
            mix += chain.Image.Batch() * (own[1] * share);
        }
        return mix.Like(image);
    }

    /// <summary>Shares of a whole, from Dirichlet's distribution; where α is 1 they are exponential numbers over their sum.</summary>
    double[] Shares(int count, Generator generator)
    {
        double[] shares = Alpha == 1 ? [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - generator.NextDouble()))]
            : new Distributions.Gamma(Tensor.Full([count], Alpha), Tensor.Ones([count])).Sample(generator: generator).ToArray<double>();
        double sum = shares.Sum();
        return Array.ConvertAll(shares, s => sum > 0 ? s / sum : 1.0 / count);
    }
}
