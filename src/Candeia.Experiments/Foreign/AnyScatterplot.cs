using Candeia.Datasets;
using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>A picture of a scatterplot, as the networks of guess-the-correlation read it.</summary>
/// <param name="Picture">[150, 150], white 1 and black 0, drawn as those of the data set.</param>
/// <param name="Found">How many points were found, if the picture was drawn otherwise and had to be drawn anew.</param>
/// <param name="Unlike">In what it differs from the pictures that networks have learnt from, if nothing could be made of it.</param>
sealed record AnyScatterplot(Tensor Picture, int? Found, string? Unlike)
{
    const int Size = 150;

    /// <summary>Takes a picture as it is where it could be of the data set, and else looks for its points, whatever its size, colours, grid and frame.</summary>
    /// <exception cref="FormatException">It has another size, and no points could be found in it.</exception>
    public static AnyScatterplot Read(Image picture)
    {
        Tensor? own = picture is { Width: Size, Height: Size } ? picture.To8Bit().ToGray().ToTensor()[0] : null;
        string? unlike = own is null ? "" : GuessTheCorrelation.Unlikeness(own);
        if (own is not null && unlike is null) return new(own, null, null);
        var (columns, rows) = PointFinder.Find(picture);
        if (columns.Length > 0) return new(GuessTheCorrelation.Draw(columns, [.. rows.Select(row => -row)]), columns.Length, null);
        return own is not null ? new(own, null, unlike) : throw new FormatException($"a picture of {picture.Width}×{picture.Height} pixels in which no points could be found: neither one of the data set nor another scatterplot");
    }
}
