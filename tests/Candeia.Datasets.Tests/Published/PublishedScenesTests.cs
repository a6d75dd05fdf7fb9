using Candeia.Images;

namespace Candeia.Datasets.Tests;

/// <summary>Each data set from its archives, which lie where they would be downloaded to: no test asks a network.</summary>
public sealed class PublishedScenesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Put(string archive, params (string Name, byte[] Bytes)[] files) => Layouts.Write(_folder[["data", .. archive.Split('/')]], files);

    static byte[] P(int number) => Layouts.Picture(number);

    static byte[] T(string text) => Layouts.Text(text);

    byte[] MaskOf(params long[] numbers)
    {
        new Mask(Tensor.From(numbers, [3, 4])).Save(_folder["mask.png"]);
        return File.ReadAllBytes(_folder["mask.png"]);
    }

    PublishedScenes Open(string name, string split) => new(name, _folder["data"], split);

    [Theory]
    [InlineData(2007, "VOCtrainval_06-Nov-2007.tar", ""), InlineData(2008, "VOCtrainval_14-Jul-2008.tar", ""), InlineData(2009, "VOCtrainval_11-May-2009.tar", "")]
    [InlineData(2010, "VOCtrainval_03-May-2010.tar", ""), InlineData(2011, "VOCtrainval_25-May-2011.tar", "TrainVal/"), InlineData(2012, "VOCtrainval_11-May-2012.tar", "")]
    public void Pascal_VOC(int year, string archive, string above)
    {
        string root = $"{above}VOCdevkit/VOC{year}/";
        const string xml = """
            <annotation><folder>VOC</folder><filename>1.jpg</filename><size><width>4</width><height>3</height><depth>3</depth></size>
            <object><name>dog</name><pose>Left</pose><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>3</ymax></bndbox>
            <part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>1</xmax><ymax>1</ymax></bndbox></part></object>
            <object><name>person</name><bndbox><xmax>4</xmax><xmin>2.5</xmin><ymax>3</ymax><ymin>1</ymin></bndbox></object></annotation>
            """;
        Put($"voc{year}/{archive}", (root + "JPEGImages/1.jpg", P(1)), (root + "JPEGImages/2.jpg", P(2)), (root + "Annotations/1.xml", T(xml)), (root + "Annotations/2.xml", T("<annotation/>")),
            (root + "ImageSets/Main/train.txt", T("2\n1\n")), (root + "ImageSets/Segmentation/val.txt", T("1\n")), (root + "SegmentationClass/1.png", MaskOf(0, 0, 255, 12, 0, 0, 12, 12, 0, 0, 0, 15)));
        var boxes = Open($"voc{year}_detection", "train");
        Assert.Equal("dog", boxes.Classes[12]);
        Assert.Equal([0, 4], boxes[0].Scene.Boxes!.Values.Shape);
        Assert.Equal([0f, 1, 3, 3, 1.5f, 0, 4, 3], boxes[1].Scene.Boxes!.Values.ToArray<float>());
        Assert.Equal([12L, 15], boxes[1].Scene.Labels!.ToArray<long>());
        Assert.Equal([3, 3, 4], boxes[1].Scene.Image.Shape);
        Assert.EndsWith("1.jpg", boxes[1].Id, StringComparison.Ordinal);
        var masks = Open($"voc{year}_segmentation", "val");
        Assert.Equal([0L, 0, 255, 12, 0, 0, 12, 12, 0, 0, 0, 15], masks[0].Scene.Mask!.Values.ToArray<long>());
    }

    [Theory]
    [InlineData("<annotation><object><name>unicorn</name></object></annotation>", "unicorn"), InlineData("<annotation>", "damaged")]
    [InlineData("<annotation><object><name>dog</name><bndbox><xmin>1</xmin></bndbox></object></annotation>", "no ymin")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><annotation><object><name>&x;</name></object></annotation>", "damaged")]
    public void A_damaged_list_of_boxes_is_named(string xml, string said)
    {
        const string root = "VOCdevkit/VOC2012/";
        Put("voc2012/VOCtrainval_11-May-2012.tar", (root + "JPEGImages/1.jpg", P(1)), (root + "Annotations/1.xml", T(xml)), (root + "ImageSets/Main/train.txt", T("1\n")));
        string message = Assert.Throws<DatasetException>(() => Open("voc2012_detection", "train")[0]).Message;
        Assert.Contains("1.xml", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("peixos-fish/")]
    public void Fish_of_Roboflow(string above)
    {
        const string json = """
            {"info": {"year": "2022"}, "licenses": [], "categories": [{"id": 0, "name": "peixos-fish", "supercategory": "none"}, {"id": 1, "name": "fish", "supercategory": "peixos-fish"}],
            "images": [{"id": 0, "license": 1, "file_name": "b_png.rf.1.jpg", "height": 3, "width": 4}, {"id": 1, "file_name": "a.jpg", "height": 3, "width": 4}, {"id": 2, "file_name": "none.jpg"}],
            "annotations": [{"id": 0, "image_id": 0, "category_id": 1, "bbox": [1, 0, 2, 2], "area": 4, "segmentation": [[1, 0, 3, 0, 3, 2, 1, 2]], "iscrowd": 0},
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 4, 3], "segmentation": [[0, 0, 4, 0, 4, 3, 0, 3]], "iscrowd": 0}, {"id": 2, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": [], "iscrowd": 0}]}
            """;
        Put("rf100-peixos/peixos-fish.zip", (above + "valid/_annotations.coco.json", T(json)), (above + "valid/b_png.rf.1.jpg", P(3)), (above + "valid/a.jpg", P(4)), (above + "valid/none.jpg", P(5)),
            (above + "train/_annotations.coco.json", T("""{"images": [], "annotations": [], "categories": [{"id": 0, "name": "peixos-fish"}, {"id": 1, "name": "fish"}]}""")));
        var data = Open("rf100_peixos", "valid");
        Assert.Equal(["__background__", "fish"], data.Classes);
        Assert.Equal((2, 0), (data.Count, Open("rf100_peixos", "train").Count));
        Assert.Equal([1f, 0, 3, 2], data[0].Scene.Boxes!.Values.ToArray<float>());
        Assert.Equal([0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0], data[0].Scene.Mask!.Values.ToArray<byte>());
        Assert.Equal((4, 2), ((int)data[1].Scene.Image[0, 0, 0], data[1].Scene.Labels!.Shape[0]));
        Assert.Contains("_annotations.coco.json", Assert.Throws<DatasetException>(() => Open("rf100_peixos", "test")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2014), InlineData(2017)]
    public void Coco(int year)
    {
        const string pictures = """ "images": [{"id": 7, "file_name": "7.jpg", "height": 3, "width": 4, "license": 1}, {"id": 3, "file_name": "3.jpg"}, {"id": 5, "file_name": "5.jpg"}] """;
        Put($"coco{year}/annotations_trainval{year}.zip",
            ($"annotations/instances_val{year}.json", T($$$"""
                {"info": {"year": 1}, {{{pictures}}}, "categories": [{"supercategory": "a", "id": 3, "name": "car"}, {"id": 1, "name": "person"}], "annotations": [
                {"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 0, 2, 2.5], "area": 4, "iscrowd": 0, "segmentation": [[1, 0, 3, 0, 3, 2, 1, 2], [0, 2, 1, 2, 1, 3, 0, 3]]},
                {"id": 2, "image_id": 7, "category_id": 1, "bbox": [0, 0, 4, 3], "iscrowd": 1, "segmentation": {"counts": [0, 12], "size": [3, 4]}},
                {"id": 3, "image_id": 3, "category_id": 1, "bbox": [0, 0, 1, 1], "iscrowd": 0, "segmentation": {"size": [3, 4], "counts": [1, 2, 9]}},
                {"id": 4, "image_id": 3, "category_id": 1, "bbox": [0, 0, 1, 1], "iscrowd": 0, "segmentation": {"size": [3, 4], "counts": "129"} }]}
                """)),
            ($"annotations/person_keypoints_val{year}.json", T($$$"""
                {{{{pictures}}}, "categories": [{"id": 1, "name": "person", "keypoints": ["nose"], "skeleton": [[1, 2]]}], "annotations": [
                {"image_id": 5, "category_id": 1, "bbox": [1, 0, 2, 2], "iscrowd": 0, "num_keypoints": 2, "keypoints": [{{{string.Join(", ", Enumerable.Range(0, 51).Select(i => i < 6 ? i % 3 : 0))}}}]}]}
                """)),
            ($"annotations/captions_val{year}.json", T($$$"""{ {{{pictures}}}, "annotations": [{"image_id": 5, "id": 1, "caption": "A cat. "}, {"image_id": 5, "id": 2, "caption": "Ein Kätzchen"}] }""")));
        Put($"coco{year}/val{year}.zip", ($"val{year}/7.jpg", P(7)), ($"val{year}/3.jpg", P(3)), ($"val{year}/5.jpg", P(5)));
        var data = Open($"coco{year}_detection", "val");
        Assert.Equal(["__background__", "person", "N/A", "car"], data.Classes);
        Assert.Equal(2, data.Count);                                          // what has no boxes is not there
        var scene = data[1].Scene;
        Assert.Equal(7, (int)scene.Image[0, 0, 0]);
        Assert.Equal([1f, 0, 3, 2.5f], scene.Boxes!.Values.ToArray<float>());  // and no crowds
        Assert.Equal([3L], scene.Labels!.ToArray<long>());
        Assert.Equal([0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0], scene.Mask!.Values.ToArray<byte>());
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], data[0].Scene.Mask!.Values[0].ToArray<byte>());
        Assert.Equal(data[0].Scene.Mask!.Values[0].ToArray<byte>(), data[0].Scene.Mask!.Values[1].ToArray<byte>());
        var person = Assert.Single(Open($"coco{year}_keypoints", "val")).Scene;
        Assert.Equal([1, 17, 3], person.KeyPoints!.Values.Shape);
        Assert.Equal([0f, 1, 2, 0, 1, 2, 0, 0, 0], person.KeyPoints.Values.Flatten().ToArray<float>()[..9]);
        Assert.Equal([1L], person.Labels!.ToArray<long>());
        var captions = Open($"coco{year}_captions", "val");
        Assert.Equal(["A cat.", "Ein Kätzchen"], Assert.Single(captions).Captions);
        Assert.Null(captions[0].Scene.Boxes);
    }

    [Fact]
    public void A_person_of_coco_without_all_places_is_refused()
    {
        Put("coco2017/annotations_trainval2017.zip", ("annotations/person_keypoints_val2017.json", T(
            """{"images": [{"id": 1, "file_name": "1.jpg"}], "categories": [{"id": 1, "name": "person"}], "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2]}]}""")));
        Put("coco2017/val2017.zip", ("val2017/1.jpg", P(1)));
        Assert.Contains("without 17 places", Assert.Throws<DatasetException>(() => Open("coco2017_keypoints", "val")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_pixels_are_unpacked_and_damaged_files_refused()
    {
        Assert.Equal([0, 5, 100_000, 4, 100_003], CocoRegion.Unpack("05PeQ3O3"));
        Fuzz.Run([T("""{"images": [{"id": 1, "file_name": "a"}], "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"counts": "05PZe2", "size": [3, 4]}}, {"image_id": 1, "segmentation": [[1, 2, 3, 4, 5, 6]]}]}""")],
            [T("1e9"), T("null"), T("{\"counts\": ["), T("[[")], file =>
            {
                File.WriteAllBytes(_folder["a.json"], file);
                try
                {
                    foreach (var mark in SceneJson.Read(_folder["a.json"], SceneJson.Default.CocoJson).Annotations ?? []) mark?.Segmentation?.Mask(5, 7);
                }
                catch (DatasetException fault) { Assert.Contains("a.json", fault.Message, StringComparison.Ordinal); }
            });
    }

    [Fact]
    public void Pets_have_outlines()
    {
        Put("oxford-iiit-pet/images.tar.gz", ("images/Abyssinian_1.jpg", P(1)));
        Put("oxford-iiit-pet/annotations.tar.gz", ("annotations/trainval.txt", T("Abyssinian_1 1 1 1\n")), ("annotations/trimaps/Abyssinian_1.png", MaskOf(2, 2, 2, 2, 2, 1, 3, 2, 2, 3, 3, 2)));
        var data = Open("oxford_pets_segmentation", "trainval");
        Assert.Equal([2L, 2, 2, 2, 2, 1, 3, 2, 2, 3, 3, 2], data[0].Scene.Mask!.Values.ToArray<long>());
        Assert.Equal("border", data.Classes[3]);
        Assert.Equal(0, data[0].Scene.Labels!.Item<long>());
        var turned = new RandomHorizontalFlip(1).Then(new Resize((6, 8))).Apply(data[0].Scene);
        Assert.Equal([2L, 2, 3, 3, 1, 1, 2, 2], turned.Mask!.Values[2].ToArray<long>());
    }

    [Fact]
    public void Faces_have_key_points_and_attributes()
    {
        Directory.CreateDirectory(_folder["data", "celeba"]);
        Put("celeba/list_eval_partition.txt", ("", T("000001.jpg 0\n000002.jpg 2\n")));
        Put("celeba/list_attr_celeba.txt", ("", T("2\nBald Smiling \n000001.jpg -1  1\n000002.jpg  1 -1\n")));
        Put("celeba/list_landmarks_align_celeba.txt", ("", T("2\nlefteye_x lefteye_y righteye_x righteye_y nose_x nose_y leftmouth_x leftmouth_y rightmouth_x rightmouth_y\n000001.jpg 1 2 3 4 5 6 7 8 9 10\n000002.jpg 1 1  1 1  1 1  1 1  1 1\n")));
        Put("celeba/img_align_celeba/000001.jpg", ("", P(1)));
        var data = Open("celeba", "train");
        Assert.Equal(["Bald", "Smiling"], data.Classes);
        var scene = Assert.Single(data).Scene;
        Assert.Equal([0L, 1], scene.Labels!.ToArray<long>());
        Assert.Equal([5f, 6], scene.KeyPoints!.Values[2].ToArray<float>());
        Assert.Equal(2, Open("celeba", "all").Count);
    }

    [Fact]
    public void Streets_have_masks()
    {
        Put("cityscapes/leftImg8bit/val/bonn/bonn_1_leftImg8bit.png", ("", P(1)));
        Put("cityscapes/gtFine/val/bonn/bonn_1_gtFine_labelIds.png", ("", new Image(new ImageInfo(4, 3, PixelFormat.Gray), [7, 7, 7, 7, 7, 26, 26, 7, 7, 7, 7, 7]).Encode()));
        var data = Open("cityscapes", "val");
        Assert.Equal("car", data.Classes[(int)data[0].Scene.Mask!.Values[1, 1]]);
        Put("cityscapes/gtFine/val/bonn/bonn_1_gtFine_labelIds.png", ("", new Image(5, 3, PixelFormat.Gray).Encode()));
        Assert.Contains("3×5", Assert.Throws<DatasetException>(() => data[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Captions_of_Flickr()
    {
        Put("flickr8k/Flickr8k_text.zip", ("Flickr8k.token.txt", T("1.jpg#0\tA child .\n2.jpg#0\tA dog .\n1.jpg#1\tA girl .\n")), ("Flickr_8k.devImages.txt", T("2.jpg\n1.jpg\n")));
        Put("flickr8k/Flickr8k_Dataset.zip", ("Flicker8k_Dataset/1.jpg", P(1)), ("Flicker8k_Dataset/2.jpg", P(2)));
        var few = Open("flickr8k", "val");
        Assert.Equal(["A child .", "A girl ."], few[1].Captions);
        Assert.Equal(2, (int)few[0].Scene.Image[0, 0, 0]);
        Put("flickr30k/caption_datasets.zip", ("dataset_flickr30k.json", T("""{"images": [{"filename": "5.jpg", "split": "test", "sentids": [1], "sentences": [{"raw": "Two men.", "tokens": ["two"]}]}, {"filename": "6.jpg", "split": "train"}]}""")));
        Put("flickr30k/flickr30k-images.tar.gz", ("flickr30k-images/5.jpg", P(5)));
        Assert.Equal(["Two men."], Assert.Single(Open("flickr30k", "test")).Captions);
    }

    [Fact]
    public void What_nobody_gives_to_programs_says_where_it_is()
    {
        foreach (string name in (string[])["celeba", "cityscapes"])
            Assert.Contains("unpack it into", Assert.Throws<DatasetException>(() => new PublishedScenes(name, _folder["data"])).Message, StringComparison.Ordinal);
        foreach (string name in PublishedScenes.Names)
            Assert.Contains(_folder["nothing"], Assert.Throws<DatasetException>(() => new PublishedScenes(name, _folder["nothing"], source: DataSource.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains("voc2012_detection", Assert.Throws<ArgumentException>(() => new PublishedScenes("voc", "x")).Message, StringComparison.Ordinal);
    }
}
